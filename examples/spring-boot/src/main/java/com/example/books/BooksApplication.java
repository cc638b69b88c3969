package com.example.books;

import org.ocmcore.cache.domain.client.Codec;
import org.ocmcore.cache.jackson.JacksonCodec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;

/** Books over HTTP, cached on the servers that {@code application.properties} names. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableCaching
public class BooksApplication {
  /** Starts the application. */
  public static void main(String[] arguments) {
    SpringApplication.run(BooksApplication.class, arguments);
  }

  /** Stores values as JSON. */
  @Bean
  Codec codec() {
    return JacksonCodec.create();
  }
}
