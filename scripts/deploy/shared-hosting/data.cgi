#!/bin/sh
# Starts welkin-worker as a CGI program, which gives the page its data; see welkin.cgi.

# The folder with the program and the settings, outside the served folders.
folder=/home/FILL-IN/welkin

WELKIN_CONFIG=$folder/welkin.env:$folder/worker.env exec "$folder/welkin-worker"
