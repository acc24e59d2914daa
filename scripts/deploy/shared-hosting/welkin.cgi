#!/bin/sh
# Starts welkin-launch as a CGI program. This script is needed because shared hosts (suexec) remove every
# variable that they do not know, including WELKIN_CONFIG.

# The folder with the program and its settings, outside the served folders.
folder=/home/FILL-IN/welkin

WELKIN_CONFIG=$folder/welkin.env exec "$folder/welkin-launch"
