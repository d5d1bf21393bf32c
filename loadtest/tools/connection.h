/* A kept-alive connection to 127.0.0.1 with one request at a time, whose answer has to be a 200. */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES 16384

struct connection {
  int socket;
  size_t have;
  char buffer[BUFFER_BYTES + 1];
};

static inline void open_connection(struct connection *c, int port) {
  struct sockaddr_in to = {AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {0}};
  int on = 1;
  c->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (c->socket < 0 || connect(c->socket, (struct sockaddr *)&to, sizeof to) ||
      setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) ||
      fcntl(c->socket, F_SETFL, O_NONBLOCK))
    err(1, "connection to port %d", port);
}

static inline void send_request(struct connection *c, const char *request) {
  size_t bytes = strlen(request);
  c->have = 0;
  if (send(c->socket, request, bytes, MSG_NOSIGNAL) != (ssize_t)bytes) err(1, "send");
}

/* The length of the answer in the buffer with its body, or 0 while that is not known. */
static inline size_t answer_bytes(const struct connection *c) {
  char *end = strstr(c->buffer, "\r\n\r\n"), *length = strcasestr(c->buffer, "\ncontent-length:");
  if (!end) return 0;
  if (strncmp(c->buffer + 8, " 200 ", 5) || !length || length > end)
    errx(1, "no 200 with a Content-Length: %s", c->buffer);
  return end + 4 - c->buffer + strtoul(length + 16, NULL, 10);
}

/* Reads what has come; true when the answer is complete with it. */
static inline bool receive_answer(struct connection *c) {
  ssize_t count = recv(c->socket, c->buffer + c->have, BUFFER_BYTES - c->have, 0);
  if (count < 0 && errno == EAGAIN) return false;
  if (count < 0) err(1, "recv");
  if (!count) errx(1, "the connection ended before the answer did");
  c->buffer[c->have += count] = 0;
  size_t whole = answer_bytes(c);
  if (whole > BUFFER_BYTES || (whole && c->have > whole)) errx(1, "an answer of a wrong length");
  return c->have == whole;
}
