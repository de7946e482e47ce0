# shellcheck shell=sh
# Counting checks, for the tests of the package. $log is the file for what a command prints.
passed=0
failed=0

# check TITLE COMMAND... - the command succeeds.
check() {
    title=$1
    shift
    if "$@" > "$log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $title"
        sed 's/^/    /' "$log"
    fi
}

# finish - prints the last line; succeeds when nothing failed.
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}
