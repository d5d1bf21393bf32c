package dev.weir.loadtest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Spring Cloud Gateway as a peer of the load test; everything it does is said by properties on its
 * command line.
 */
@SpringBootApplication
public class SpringGateway {

  public static void main(String[] args) {
    SpringApplication.run(SpringGateway.class, args);
  }
}
