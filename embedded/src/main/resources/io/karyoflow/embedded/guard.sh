# Runs a command so that it cannot outlive the process that holds the other end of this script's standard input.
#
#   sh -c "$(cat guard.sh)" guard STOP_SIGNAL GRACE_SECONDS LOG_FILE FOLDER_TO_DELETE COMMAND [ARGUMENT...]
#
# Prints the command's process id. When standard input ends (the holder closed it, or died in whatever way), the command
# gets the signal, and KILL after the grace. Ends with the command's status. FOLDER_TO_DELETE may be empty.
trap '' INT HUP
signal=$1 grace=$2 log=$3 folder=$4
shift 4

exec 3<&0
"$@" 3<&- </dev/null >>"$log" 2>&1 &
child=$!
echo "$child"
exec >/dev/null 2>&1

stop() {
  kill -s "$signal" "$child" || return
  waited=0
  while [ "$waited" -lt "$grace" ] && kill -0 "$child"; do
    sleep 1
    waited=$((waited + 1))
  done
  kill -s KILL "$child"
}

(
  while read -r _ <&3; do :; done
  stop
) &
watcher=$!
exec 3<&-

trap 'kill -s "$signal" "$child"' TERM
wait "$child"
status=$?
while kill -0 "$child"; do
  wait "$child"
  status=$?
done
kill "$watcher"

if [ -n "$folder" ]; then
  cd /
  rm -rf -- "$folder"
  rmdir -- "$(dirname -- "$folder")" # succeeds for the last one in a common folder
fi
exit "$status"
