/* pump.c - bytes from one side of a connection to the other, without copying them where there is a pipe to be had. */
#include <errno.h>

#include "../sys/sys.h"
#include "links.h"

enum { PIPE_BYTES = 1 << 18, COPY_BYTES = 1 << 16, TURN = 16 };

static bool take_pipe(struct wasmc_pipes *pipes, struct wasmc_way *way)
{
    if (pipes->kept_count > 0) {
        pipes->kept_count--;
        way->pipe[0] = pipes->kept[pipes->kept_count][0];
        way->pipe[1] = pipes->kept[pipes->kept_count][1];
        return true;
    }
    if (pipes->made_count >= pipes->limit || wasmc_sys_relay_pipe(way->pipe, PIPE_BYTES) != 0)
        return false;
    pipes->made_count++;
    return true;
}

static void close_pipe(struct wasmc_pipes *pipes, struct wasmc_way *way)
{
    wasmc_sys_relay_close(way->pipe[0], false);
    wasmc_sys_relay_close(way->pipe[1], false);
    way->pipe[0] = way->pipe[1] = -1;
    pipes->made_count--;
}

/* An empty one. */
static void give_pipe_back(struct wasmc_pipes *pipes, struct wasmc_way *way)
{
    if (pipes->kept_count == sizeof pipes->kept / sizeof pipes->kept[0]) {
        close_pipe(pipes, way);
        return;
    }
    pipes->kept[pipes->kept_count][0] = way->pipe[0];
    pipes->kept[pipes->kept_count][1] = way->pipe[1];
    pipes->kept_count++;
    way->pipe[0] = way->pipe[1] = -1;
}

void wasmc_pump_drop(struct wasmc_pipes *pipes, struct wasmc_way *way)
{
    if (way->pipe[0] >= 0)
        close_pipe(pipes, way);
    way->held_bytes = 0;
}

static void note_read(struct wasmc_side *from, ssize_t bytes)
{
    if (bytes == -EAGAIN) {
        from->can_read = false;
    } else if (bytes <= 0) {
        from->out.is_ended = true;
        from->is_reset |= bytes < 0;
    }
}

/* A side that does not take what is sent has been reset: what it sent before is still to be read. */
static void note_write(struct wasmc_side *to, ssize_t bytes)
{
    if (bytes == -EAGAIN)
        to->can_write = false;
    else if (bytes < 0)
        to->is_reset = to->can_read = true;
}

/* Through the pipe, without copying. Only when that is empty, so that "not now" is the socket's word and not the
 * pipe's; before urgent data it is nobody's, so that reading has the last one. */
static void fill(struct wasmc_side *from)
{
    struct wasmc_way *way = &from->out;
    ssize_t bytes = wasmc_sys_relay_splice(from->source.fd, way->pipe[1], PIPE_BYTES);
    if (bytes > 0)
        way->held_bytes = (uint32_t)bytes;
    else if (bytes == -EAGAIN)
        way->is_bulk = false;
    else
        note_read(from, bytes);
}

static void empty(struct wasmc_relay *relay, struct wasmc_way *way, struct wasmc_side *to)
{
    ssize_t bytes = wasmc_sys_relay_splice(way->pipe[0], to->source.fd, way->held_bytes);
    note_write(to, bytes);
    if (bytes <= 0)
        return;
    way->held_bytes -= (uint32_t)bytes;
    relay->has_moved = true;
}

static uint8_t copied[COPY_BYTES];

/* A little, which is quicker to copy; the pipe takes what the other side does not. */
static void carry(struct wasmc_relay *relay, struct wasmc_side *from, struct wasmc_side *to)
{
    struct wasmc_way *way = &from->out;
    ssize_t there = wasmc_sys_relay_receive(from->source.fd, copied, sizeof copied);
    note_read(from, there);
    if (there <= 0)
        return;
    way->is_bulk = there == sizeof copied;
    if (!way->is_bulk && !from->may_have_more)
        from->can_read = false;
    ssize_t sent = wasmc_sys_relay_send(to->source.fd, copied, (size_t)there);
    note_write(to, sent);
    relay->has_moved |= sent > 0;
    ssize_t rest = there - (sent > 0 ? sent : 0);
    if (rest == 0 || to->is_reset)
        return;
    /* An empty pipe has room for it. */
    if (wasmc_sys_relay_put(way->pipe[1], copied + there - rest, (size_t)rest) == rest)
        way->held_bytes = (uint32_t)rest;
    else
        from->is_reset = to->is_reset = true;
}

/* Without a pipe: what the other side does not take stays where it is. */
static void copy(struct wasmc_relay *relay, struct wasmc_side *from, struct wasmc_side *to)
{
    ssize_t there = wasmc_sys_relay_peek(from->source.fd, copied, sizeof copied);
    note_read(from, there);
    if (there <= 0)
        return;
    ssize_t sent = wasmc_sys_relay_send(to->source.fd, copied, (size_t)there);
    note_write(to, sent);
    if (sent <= 0)
        return;
    (void)wasmc_sys_relay_drop(from->source.fd, (size_t)sent);
    relay->has_moved = true;
}

/* Takes more from one side; the other can be written to. */
static void take_in(struct wasmc_relay *relay, struct wasmc_side *from, struct wasmc_side *to)
{
    struct wasmc_pipes *pipes = &relay->links->pipes;
    struct wasmc_way *way = &from->out;
    if (!take_pipe(pipes, way)) {
        copy(relay, from, to);
        return;
    }
    if (way->is_bulk)
        fill(from);
    else
        carry(relay, from, to);
    if (way->held_bytes == 0)
        give_pipe_back(pipes, way);
}

bool wasmc_pump(struct wasmc_relay *relay, struct wasmc_side *from, struct wasmc_side *to)
{
    struct wasmc_pipes *pipes = &relay->links->pipes;
    struct wasmc_way *way = &from->out;
    for (int i = 0; i < TURN && !way->is_done; i++) {
        if (to->is_reset) {
            wasmc_pump_drop(pipes, way);
            way->is_done = true;
        } else if (way->is_ended && way->held_bytes == 0) {
            if (!from->is_reset && !to->out.is_done) /* else closing it says the same */
                (void)wasmc_sys_relay_finish(to->source.fd);
            way->is_done = true;
        } else if (!to->can_write || (way->held_bytes == 0 && !from->can_read)) {
            return true;
        } else if (way->held_bytes > 0) {
            empty(relay, way, to);
            if (way->held_bytes == 0)
                give_pipe_back(pipes, way);
        } else {
            take_in(relay, from, to);
        }
    }
    return way->is_done;
}
