#!/bin/sh
# Opens the preview of this site in the browser. Ctrl+C, or closing the window, ends it.
cd "$(dirname "$0")" || exit 3
if [ -x ./parkpress ]; then
  APP=./parkpress
elif APP=$(command -v parkpress); then
  :
else
  echo "找不到 parkpress，请把程序放到本文件夹。 / parkpress was not found; put it into this folder."
  printf '按回车关闭 / Enter closes this window '
  read -r _
  exit 2
fi
exec "$APP" serve --open --root .
