package dev.weir.replica;

import dev.weir.config.WeirConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A map, a bus and a clock for replicas on one thread: what was asked for is done when chance says
 * so, and some messages are lost.
 */
final class FakeCluster {

  /** What the nodes of one part of the cluster keep together. */
  static final class Shared {
    private Base base;
    private Head head;
    private final Map<String, Entry> entries = new HashMap<>();
    int members;

    Shared copy() {
      Shared copy = new Shared();
      copy.base = base;
      copy.head = head;
      copy.entries.putAll(entries);
      copy.members = members;
      return copy;
    }

    /** As Hazelcast does: what the greater part has stays, what it has not comes from the other. */
    void merge(Shared smaller) {
      smaller.entries.forEach(entries::putIfAbsent);
      members += smaller.members;
    }

    void lose() {
      base = null;
      head = null;
      entries.clear();
    }
  }

  /** A node that runs a replica. */
  final class Member implements Surroundings, Store, Replica.Installer {
    final Replica replica;
    final String id;
    final List<Long> versions = new ArrayList<>();
    WeirConfig config;
    Shared shared;
    boolean alive = true;
    boolean reachable = true;

    Member(String id, WeirConfig own, Shared shared) {
      this.id = id;
      this.shared = shared;
      config = own;
      replica = new Replica(id, own, this, this, this);
    }

    @Override
    public void install(WeirConfig config, long version, Entry entry) {
      this.config = config;
      versions.add(version);
    }

    @Override
    public void run(Runnable task) {
      task.run();
    }

    @Override
    public void after(long millis, Runnable task) {
      timers.add(new Timer(now + millis, this, task));
    }

    @Override
    public Future<Void> open(Replica replica) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      shared.members--;
      return Future.succeededFuture();
    }

    @Override
    public void publish(JsonObject news) {
      String text = news.encode();
      for (Member each : members) {
        if (each != this && each.shared == shared && random.nextInt(4) > 0) {
          tasks.add(() -> each.replica.heard(new JsonObject(text)));
        }
      }
    }

    @Override
    public Instant now() {
      return Instant.ofEpochMilli(now);
    }

    private <T> Future<T> later(Supplier<T> answer) {
      Promise<T> promise = Promise.promise();
      tasks.add(
          () -> {
            if (!reachable) {
              promise.fail("unreachable");
              return;
            }
            T value = answer.get();
            tasks.add(() -> promise.complete(value));
          });
      return promise.future();
    }

    @Override
    public Future<Contents> open() {
      shared.members++;
      return read();
    }

    @Override
    public Future<Contents> read() {
      return later(() -> new Contents(shared.base, shared.head, Map.copyOf(shared.entries)));
    }

    @Override
    public Future<Head> head() {
      return later(() -> shared.head);
    }

    @Override
    public Future<Entry> entry(String id) {
      return later(() -> shared.entries.get(id));
    }

    @Override
    public Future<Boolean> found(Base base) {
      return later(
          () -> {
            if (shared.base != null) {
              return false;
            }
            shared.base = base;
            shared.head = base.head();
            return true;
          });
    }

    @Override
    public Future<Boolean> advance(Head from, Entry entry) {
      Entry sent = Entry.of(new JsonObject(entry.toJson().encode()));
      return later(() -> shared.entries.put(entry.head().id(), sent))
          .compose(
              put ->
                  later(
                      () -> {
                        boolean won = from.equals(shared.head);
                        if (won) {
                          shared.head = entry.head();
                        } else {
                          shared.entries.remove(entry.head().id());
                        }
                        return won;
                      }));
    }

    @Override
    public Future<Void> base(Base base) {
      return later(
          () -> {
            shared.base = base;
            return null;
          });
    }

    @Override
    public void trim(List<Entry> old) {
      old.forEach(entry -> shared.entries.remove(entry.head().id()));
    }

    @Override
    public Future<Boolean> restore(Base base, List<Entry> history) {
      return later(
          () -> {
            history.forEach(entry -> shared.entries.put(entry.head().id(), entry));
            boolean lost = shared.head == null;
            shared.base = lost ? base : shared.base;
            shared.head = lost ? base.head() : shared.head;
            return lost;
          });
    }

    @Override
    public int members() {
      return shared.members;
    }
  }

  private record Timer(long due, Member member, Runnable task) {}

  final List<Member> members = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private final Random random;
  private long now = 1_000_000;

  FakeCluster(Random random) {
    this.random = random;
  }

  Member member(WeirConfig own, Shared shared) {
    Member member = new Member("n" + members.size(), own, shared);
    members.add(member);
    return member;
  }

  /** Does one thing that was asked for; returns whether there was any. */
  boolean step() {
    if (tasks.isEmpty()) {
      return false;
    }
    tasks.remove(random.nextInt(tasks.size())).run();
    return true;
  }

  void pass(long millis) {
    now += millis;
    for (Timer timer : List.copyOf(timers)) {
      if (timer.due <= now && timers.remove(timer) && timer.member.alive) {
        timer.task.run();
      }
    }
  }

  /** Does everything that was asked for, and lets everybody look for what was missed. */
  void settle() {
    for (int i = 0; i < 4; i++) {
      while (step()) {
        continue;
      }
      members.stream().filter(each -> each.alive).forEach(each -> each.replica.look());
    }
    while (step()) {
      continue;
    }
  }
}
