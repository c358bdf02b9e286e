/** An application that Spring Boot's devtools restart. */
@NullMarked
package io.i2pstreaming.test.devtools;

import org.jspecify.annotations.NullMarked;
