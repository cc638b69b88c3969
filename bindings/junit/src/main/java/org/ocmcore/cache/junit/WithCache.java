package org.ocmcore.cache.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class and of its nested classes, or one test, the parameters of
 * {@link CacheExtension}. An annotation that is closer to the test wins.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(CacheExtension.class)
public @interface WithCache {
  /** The store of these tests. */
  TestStore value() default TestStore.CONFIGURED;
}
