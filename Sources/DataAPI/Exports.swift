// An import of the client also brings the records, their catalogue and the API's origin: one product, one import.
@_exported public import Platform
@_exported public import Records
