package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.FakeCluster;
import dev.weir.cluster.Mesh;
import dev.weir.cluster.Rendezvous;
import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.ClusterConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Some nodes share some endpoints. Nodes die and come, the cluster splits and heals, messages are
 * lost, and who reaches whom changes, all by chance. When everything has been quiet for a while,
 * what the nodes do must be what the manual says. Time moves by hand; the seed is in the message.
 */
class SharedHealthModelTest {
  private static final int SEEDS = 300;
  private static final int STEPS = 60;
  private static final int ENDPOINTS = 5;
  private static final int QUORUM = 2;
  private static final long QUIET_MILLIS = 5000;
  private static final ClusterConfig CLUSTER = new ClusterConfig(200, 1000, ClusterConfig.OWN, 1);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static JsonObject config() {
    JsonArray endpoints = new JsonArray();
    for (int i = 1; i <= ENDPOINTS; i++) {
      endpoints.add(new JsonObject().put("host", "127.0.0.1").put("port", i));
    }
    JsonObject active =
        new JsonObject()
            .put("intervalMillis", 100)
            .put("timeoutMillis", 50)
            .put("rise", 2)
            .put("fall", 2);
    JsonObject health = new JsonObject().put("mode", "active").put("quorum", QUORUM);
    JsonObject upstream = new JsonObject().put("endpoints", endpoints);
    return new JsonObject()
        .put(
            "upstreams",
            new JsonObject().put("u", upstream.put("health", health.put("active", active))))
        .put("accessLog", new JsonObject().put("mode", "off"));
  }

  private Snapshot snapshot() throws Exception {
    Node node = Node.acquire(vertx, config());
    Snapshot snapshot = node.snapshot();
    node.release().await(10, TimeUnit.SECONDS);
    return snapshot;
  }

  /** One run. */
  private final class World {
    private final Random random;
    private final ManualTimers clock = new ManualTimers();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final FakeCluster cluster;
    private int percentLost;
    private int born;

    World(long seed) {
      random = new Random(seed);
      cluster = new FakeCluster(clock::set, clock, () -> random.nextInt(100) < percentLost);
    }

    void step() throws Exception {
      clock.advance(random.nextInt(300));
      switch (random.nextInt(10)) {
        case 0 -> join();
        case 1 -> kill();
        case 2 -> members.keySet().forEach(id -> cluster.side(id, random.nextInt(2)));
        case 3 -> cluster.heal();
        case 4 -> percentLost = random.nextInt(30);
        default -> flip();
      }
    }

    private void join() throws Exception {
      if (members.size() < 4) {
        String id = "n" + ++born;
        members.put(id, new Member(this, id, snapshot()));
      }
    }

    private void kill() {
      if (members.size() > 1) {
        String id = pick(new ArrayList<>(members.keySet()));
        cluster.kill(id);
        List.copyOf(members.remove(id).probing.values()).forEach(Prober::stop);
      }
    }

    private void flip() {
      Member member = members.isEmpty() ? null : pick(new ArrayList<>(members.values()));
      if (member != null) {
        String endpoint = "127.0.0.1:" + (1 + random.nextInt(ENDPOINTS));
        if (!member.unreachable.remove(endpoint)) {
          member.unreachable.add(endpoint);
        }
      }
    }

    private <T> T pick(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    void settle() throws Exception {
      percentLost = 0;
      cluster.heal();
      if (members.isEmpty()) {
        join();
      }
      clock.advance(QUIET_MILLIS);
    }

    void check(String seed) {
      Member any = members.values().iterator().next();
      for (Endpoint each : any.snapshot.upstreams().get("u").endpoints()) {
        check(seed + ", endpoint " + each.id(), each.id());
      }
    }

    private void check(String when, String endpoint) {
      Set<String> deniers = new HashSet<>();
      members.values().stream()
          .filter(member -> member.unreachable.contains(endpoint))
          .forEach(member -> deniers.add(member.id));
      String owner = Rendezvous.owner("u/" + endpoint, members.keySet());
      Member any = members.values().iterator().next();
      // Who does not probe can't know, so nobody speaks as long as the one who probes does not.
      int against = any.against(endpoint);
      boolean silent = against == 0 && !deniers.contains(owner);
      assertThat(silent ? 0 : deniers.size()).as("words, %s", when).isEqualTo(against);
      int quorum = Math.min(QUORUM, members.size());
      for (Member member : members.values()) {
        boolean says = !silent && deniers.contains(member.id);
        boolean down = says || against > 0 && against >= quorum;
        String what = member.id + ", " + when;
        assertThat(member.against(endpoint)).as("words heard by %s", what).isEqualTo(against);
        assertThat(member.down.contains(endpoint)).as("down on %s", what).isEqualTo(down);
        assertThat(member.probing.containsKey(endpoint))
            .as("probed by %s", what)
            .isEqualTo(against > 0 || member.id.equals(owner));
      }
    }
  }

  /** One node. */
  private static final class Member implements Probers, Verdicts {
    private final World world;
    private final String id;
    private final Snapshot snapshot;
    private final Mesh mesh;
    private final Set<String> unreachable = new HashSet<>();
    private final Set<String> down = new HashSet<>();
    private final Map<String, Prober> probing = new HashMap<>();

    Member(World world, String id, Snapshot snapshot) {
      this.world = world;
      this.id = id;
      this.snapshot = snapshot;
      mesh = world.cluster.mesh(id, CLUSTER);
      Watch watch = new Watch(id, this, this, mesh);
      mesh.listen(watch::settle);
      watch.refresh(snapshot);
      mesh.start();
    }

    int against(String endpoint) {
      return mesh.opinion(mesh.group("u"), "u", endpoint).against();
    }

    @Override
    public Prober prober(Watched watched, boolean firstDecides, Prober.Listener listener) {
      String endpoint = watched.endpoint.id();
      ActiveHealthConfig config = watched.config.active();
      Probe probe =
          new Probe() {
            @Override
            public Future<Boolean> run() {
              return unreachable.contains(endpoint)
                  ? Future.failedFuture("refused")
                  : Future.succeededFuture(false);
            }

            @Override
            public void close() {
              probing.remove(endpoint);
            }
          };
      Prober prober =
          new Prober(
              probe,
              new Schedule(config, id + endpoint, world.random::nextDouble),
              new RiseFall(config.rise(), config.fall(), watched.up, firstDecides),
              config,
              world.clock,
              world.clock,
              watched.bornNanos,
              listener);
      probing.put(endpoint, prober);
      return prober;
    }

    @Override
    public long nanos() {
      return world.clock.getAsLong();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }

    @Override
    public void accept(Endpoint endpoint, boolean up, String reason) {
      if (up) {
        down.remove(endpoint.id());
      } else {
        down.add(endpoint.id());
      }
    }
  }

  @Test
  void nodeThatIsCutOffFromEverything_takesNothingFromTheOthers() throws Exception {
    World world = new World(1);
    for (int i = 0; i < 4; i++) {
      world.join();
    }
    world.clock.advance(QUIET_MILLIS);
    Member lonely = world.members.get("n1");
    world.cluster.side("n1", 1);
    for (int port = 1; port <= ENDPOINTS; port++) {
      lonely.unreachable.add("127.0.0.1:" + port);
    }
    world.clock.advance(QUIET_MILLIS);
    assertThat(lonely.down).hasSize(ENDPOINTS);
    for (String id : List.of("n2", "n3", "n4")) {
      assertThat(world.members.get(id).down).as(id).isEmpty();
    }
    world.settle();
    world.check("together again");
    assertThat(lonely.down).hasSize(ENDPOINTS);
    assertThat(world.members.get("n2").down).isEmpty();
  }

  @Test
  void endpointThatGoesDown_isOutOnAllWithinItsFallAndAProbe() throws Exception {
    World world = new World(2);
    for (int i = 0; i < 4; i++) {
      world.join();
    }
    world.clock.advance(QUIET_MILLIS);
    for (Member member : world.members.values()) {
      member.unreachable.add("127.0.0.1:1");
    }
    long fallMillis = 2 * 100;
    long probeMillis = 50;
    long busMillis = 4; // Two messages there and one back, and the start of a probe.
    world.clock.advance(fallMillis + probeMillis + busMillis);
    for (Member member : world.members.values()) {
      assertThat(member.down).as(member.id).containsExactly("127.0.0.1:1");
    }
  }

  @Test
  void whenAllIsQuiet_theNodesDoWhatTheManualSays() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = new World(seed);
      for (int step = 0; step < STEPS; step++) {
        world.step();
        if (step % 20 == 19) {
          world.settle();
          world.check("seed " + seed + ", step " + step);
        }
      }
    }
  }
}
