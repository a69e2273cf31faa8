#!/bin/sh
# Installs what Geneva is measured against into a folder, unless it is there: install.sh FOLDER
set -eu
folder=$1
requirements=$(dirname "$0")/requirements.txt

if cmp -s "$requirements" "$folder/installed.txt"; then
  exit 0
fi
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
cp "$requirements" "$folder/installed.txt"
