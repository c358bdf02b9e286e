package io.i2pstreaming.test.echo;

import org.springframework.stereotype.Component;

/** Would need what a slice does not have. */
@Component
class Unrelated {
  Unrelated(javax.sql.DataSource database) {
    throw new IllegalStateException("a slice has no use for " + database);
  }
}
