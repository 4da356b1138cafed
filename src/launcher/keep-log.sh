#!/usr/bin/env bash
# Appends what it reads to a file, and starts the file anew once it is so large: keep-log.sh FILE BYTES.
# The file before is kept as FILE.1, so that no more than twice as much is ever there.
export KEPT_LOG=$1 LC_ALL=C
most=$2
# The server outlives the terminal that started it, and so must this; and a disk that is full now may not be later.
trap '' HUP INT
until awk -W interactive -v most="$most" -v size="$(stat -c %s "$KEPT_LOG" 2>/dev/null || echo 0)" '
  {
    line = length($0) > 65536 ? substr($0, 1, 65536) " …" : $0
    if (size > 0 && size + length(line) >= most) {
      close(ENVIRON["KEPT_LOG"])
      system("mv -f -- \"$KEPT_LOG\" \"$KEPT_LOG.1\"")
      size = 0
    }
    print line >> ENVIRON["KEPT_LOG"]
    fflush(ENVIRON["KEPT_LOG"])
    size += length(line) + 1
  }' 2>/dev/null; do
  sleep 1
done
