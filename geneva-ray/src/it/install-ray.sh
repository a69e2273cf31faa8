#!/bin/sh
# Installs Ray into a folder, unless it is there: install-ray.sh FOLDER VERSION
set -eu
folder=$1
version=$2

if ! command -v python3 >/dev/null; then
  if [ -n "${CI:-}" ]; then
    echo "There is no python3, which the tests of the Ray engine need." >&2
    exit 1
  fi
  echo "There is no python3: the tests against a real Ray are skipped."
  exit 0
fi
if [ -x "$folder/bin/ray" ] && "$folder/bin/python" -c "import ray; assert ray.__version__ == '$version'" 2>/dev/null; then
  exit 0
fi
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check "ray[default]==$version"
