// Whoever imports the client has the records, their catalogue and the API's origin as well: one product, one import.
@_exported public import Platform
@_exported public import Records
