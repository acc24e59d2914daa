#!/bin/sh
# Starts welkin-launch as a CGI program. In between, since shared hosts (suexec) take away every variable
# that they do not know, WELKIN_CONFIG too.

# The folder, outside of what is served, that holds the program and its settings.
folder=/home/FILL-IN/welkin

WELKIN_CONFIG=$folder/welkin.env exec "$folder/welkin-launch"
