/* Durations in nanoseconds, of which quantiles are shown in microseconds. */
#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct samples {
  long *nanos;
  size_t count, capacity;
};

/* Touched at once, so that no page is missing while it is filled. */
static inline struct samples samples(size_t capacity) {
  struct samples made = {malloc(capacity * sizeof(long)), 0, capacity};
  if (!made.nanos) err(1, "no memory for %zu samples", capacity);
  for (size_t i = 0; i < capacity; i++) made.nanos[i] = 0;
  return made;
}

static inline void add(struct samples *to, long nanos) {
  if (to->count == to->capacity) errx(1, "more than %zu samples", to->capacity);
  to->nanos[to->count++] = nanos;
}

static inline int ascending(const void *left, const void *right) {
  long a = *(const long *)left, b = *(const long *)right;
  return (a > b) - (a < b);
}

static inline void sort(struct samples *of) {
  qsort(of->nanos, of->count, sizeof(long), ascending);
}

/* A member of a JSON object: the smallest duration that a share of all, sorted, does not exceed. */
static inline void print(const struct samples *of, double share, const char *name) {
  size_t rank = ceil(share * of->count);
  printf(", \"%s\": %ld", name, of->count ? of->nanos[rank ? rank - 1 : 0] / 1000 : 0);
}
