"""Used only by the data part: the clinic's records, sessions, the services, pages that wait, CGI."""
