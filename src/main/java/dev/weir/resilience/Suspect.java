package dev.weir.resilience;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a detector knows of one endpoint. The runs of bad results are counted by all lanes together;
 * a good result of an endpoint that does well only reads.
 */
final class Suspect<E> {

  final E endpoint;
  private final OutlierDetector<E> detector;
  private final List<Observer> observers = new CopyOnWriteArrayList<>();
  private final AtomicInteger serverErrors = new AtomicInteger();
  private final AtomicInteger gatewayFailures = new AtomicInteger();
  private final AtomicInteger localFailures = new AtomicInteger();

  // The rest is guarded by the detector.
  boolean ejected;
  boolean followed;
  int times;
  long until;
  long returned;
  long requests;
  long failures;
  private final boolean[] told = new boolean[Reason.values().length];
  private long requestsBefore;
  private long failuresBefore;

  Suspect(OutlierDetector<E> detector, E endpoint) {
    this.detector = detector;
    this.endpoint = endpoint;
  }

  Observer observer() {
    Observer observer = new Observer(this);
    observers.add(observer);
    return observer;
  }

  void succeeded() {
    clear(serverErrors);
    clear(gatewayFailures);
    clear(localFailures);
  }

  /** It was reached, but not by traffic: that takes back nothing that it has answered. */
  void reached() {
    clear(localFailures);
  }

  void failed(boolean gateway, long now) {
    clear(localFailures);
    count(serverErrors, Reason.SERVER_ERRORS, now);
    if (gateway) {
      count(gatewayFailures, Reason.GATEWAY_FAILURES, now);
    } else {
      clear(gatewayFailures);
    }
  }

  /** Counts a failure of its own kind. Returns false, having done nothing, when there is none. */
  boolean failedLocally(long now) {
    if (detector.config().splitLocalFailures()) {
      count(localFailures, Reason.LOCAL_FAILURES, now);
      return true;
    }
    return false;
  }

  private void count(AtomicInteger run, Reason reason, long now) {
    int threshold = detector.rule(reason).consecutive();
    if (run.incrementAndGet() == threshold) {
      run.set(0); // The next run of that length is found as well, when this one changes nothing.
      detector.found(this, reason, now);
    }
  }

  private static void clear(AtomicInteger run) {
    if (run.get() != 0) {
      run.set(0);
    }
  }

  /** Whether this is the first time in an interval that a reason changes nothing. */
  boolean isNews(Reason reason) {
    boolean news = !told[reason.ordinal()];
    told[reason.ordinal()] = true;
    return news;
  }

  /** Sums up what all lanes have seen since the last time. */
  void endInterval() {
    Arrays.fill(told, false);
    long requestsNow = observers.stream().mapToLong(Observer::requests).sum();
    long failuresNow = observers.stream().mapToLong(Observer::failures).sum();
    requests = requestsNow - requestsBefore;
    failures = failuresNow - failuresBefore;
    requestsBefore = requestsNow;
    failuresBefore = failuresNow;
  }

  /** The share of requests of the last interval that succeeded, in percent. */
  double successPercent() {
    return 100.0 * (requests - failures) / requests;
  }
}
