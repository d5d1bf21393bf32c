import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Reads from other JVMs of this machine what only they know. Takes lines {@code allocated PID},
 * answered with the bytes that its living threads have allocated so far, and {@code heap PID},
 * answered with the bytes of its heap in use after a full collection.
 */
public final class Meter {

  private final Map<String, MBeanServerConnection> connections = new HashMap<>();

  private Meter() {}

  public static void main(String[] args) throws Exception {
    Meter meter = new Meter();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(meter.answer(words[0], words[1]));
    }
  }

  private long answer(String what, String pid) throws Exception {
    MBeanServerConnection server = connection(pid);
    return switch (what) {
      case "allocated" -> allocated(server);
      case "heap" -> heap(server);
      default -> throw new IllegalArgumentException(what + " (expected: allocated or heap)");
    };
  }

  private MBeanServerConnection connection(String pid) throws Exception {
    MBeanServerConnection known = connections.get(pid);
    if (known == null) {
      known = connect(pid);
      connections.put(pid, known);
    }
    return known;
  }

  private static MBeanServerConnection connect(String pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(pid);
    try {
      JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
      JMXConnector connector = JMXConnectorFactory.connect(url);
      return connector.getMBeanServerConnection();
    } finally {
      machine.detach();
    }
  }

  private static long allocated(MBeanServerConnection server) throws Exception {
    ThreadMXBean threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    long[] bytes = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
    // -1 for a thread that has ended meanwhile.
    return Arrays.stream(bytes).filter(each -> each > 0).sum();
  }

  private static long heap(MBeanServerConnection server) throws Exception {
    MemoryMXBean memory =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
