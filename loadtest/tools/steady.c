/*
 * GETs at a constant rate over kept-alive connections, whatever the answers take. Arguments: port,
 * path, requests a second, connections, seconds that are not counted, seconds that are. Ends with
 * one line of JSON, or with exit code 1 when an answer is no 200.
 *
 * Request k is due k steps after the start, on connection k modulo their number: each of them has a
 * timetable of its own. When an answer keeps the next request of its connection from being sent in
 * time, that one goes out with the answer, and its latency runs from when it was due all the same.
 */
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <time.h>

#include "connection.h"
#include "samples.h"

#define EVENTS 256
#define SECOND 1000000000L
#define PATIENCE (10 * SECOND)
#define SLACK_NANOS 1000

/* A connection and its timetable; a request is on its way while more are due than answered. */
struct lane {
  struct connection connection;
  long due, answered, sent_at;
};

static struct lane *lanes;
static long lane_count, start, counted_from, counted_until;
static double step;
static char request[1024];
static struct samples latencies, since_sent, lateness;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

static long due_at(long number) { return start + (long)(number * step); }

static void send_on(struct lane *lane) {
  lane->sent_at = now();
  send_request(&lane->connection, request);
}

static void answered(struct lane *lane) {
  long due = due_at(lane->answered * lane_count + (lane - lanes)), end = now();
  if (due >= counted_from) {
    add(&latencies, end - due);
    add(&since_sent, end - lane->sent_at);
  }
  if (++lane->answered < lane->due) send_on(lane);
}

/* Sends what is due, or leaves it to the answer that its connection still waits for. */
static long send_due(long next) {
  for (long due = due_at(next); due < counted_until && due <= now(); due = due_at(++next)) {
    struct lane *lane = &lanes[next % lane_count];
    if (lane->due++ > lane->answered) continue;
    send_on(lane);
    if (due >= counted_from) add(&lateness, lane->sent_at - due);
  }
  return next;
}

static void receive(int poll, long until) {
  struct epoll_event events[EVENTS];
  long left = until - now();
  struct timespec wait = {left > 0 ? left / SECOND : 0, left > 0 ? left % SECOND : 0};
  int count = epoll_pwait2(poll, events, EVENTS, &wait, NULL);
  for (int i = 0; i < count; i++) {
    struct lane *lane = events[i].data.ptr;
    if (receive_answer(&lane->connection)) answered(lane);
  }
}

static bool any_open(void) {
  for (long i = 0; i < lane_count; i++)
    if (lanes[i].answered < lanes[i].due) return true;
  return false;
}

static void run(int poll) {
  long next = 0;
  while (due_at(next) < counted_until) {
    receive(poll, due_at(next));
    next = send_due(next);
  }
  while (any_open()) {
    receive(poll, counted_until + PATIENCE);
    if (now() >= counted_until + PATIENCE) errx(1, "requests without an answer");
  }
}

static void open_lanes(int port, int poll) {
  if (!(lanes = calloc(lane_count, sizeof *lanes))) err(1, "%ld connections", lane_count);
  for (long i = 0; i < lane_count; i++) {
    struct epoll_event event = {EPOLLIN, {.ptr = &lanes[i]}};
    open_connection(&lanes[i].connection, port);
    if (epoll_ctl(poll, EPOLL_CTL_ADD, lanes[i].connection.socket, &event)) err(1, "epoll_ctl");
  }
}

static void report(double seconds) {
  sort(&latencies), sort(&since_sent), sort(&lateness);
  printf("{\"requests\": %zu, \"seconds\": %.3f", latencies.count, seconds);
  print(&latencies, 0.5, "p50Micros"), print(&latencies, 0.99, "p99Micros");
  print(&latencies, 0.999, "p999Micros"), print(&latencies, 1, "maxMicros");
  print(&since_sent, 0.99, "sinceSentP99Micros"), print(&lateness, 0.99, "lateP99Micros");
  puts("}");
}

int main(int count, char **words) {
  if (count != 7) errx(1, "needs port, path, rate, connections, seconds of warm-up, seconds");
  double rate = atof(words[3]), seconds = atof(words[6]);
  const char *form = "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n";
  if (snprintf(request, sizeof request, form, words[2], words[1]) >= (int)sizeof request)
    errx(1, "too long a path");
  step = SECOND / rate, lane_count = atol(words[4]);
  size_t most = rate * seconds + 2;
  latencies = samples(most), since_sent = samples(most), lateness = samples(most);
  prctl(PR_SET_TIMERSLACK, SLACK_NANOS); /* sleeps end 50 µs late otherwise */
  int poll = epoll_create1(0);
  open_lanes(atoi(words[1]), poll);
  start = now(), counted_from = start + atof(words[5]) * SECOND;
  counted_until = counted_from + seconds * SECOND;
  run(poll);
  report(seconds);
}
