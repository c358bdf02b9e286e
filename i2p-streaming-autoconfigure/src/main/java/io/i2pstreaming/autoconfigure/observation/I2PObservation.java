package io.i2pstreaming.autoconfigure.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed, and under which keys. All keys have a handful of values; there are no others,
 * because whatever tells one stream from another would tell who talks to whom.
 */
public enum I2PObservation implements ObservationDocumentation {
  /** A dial, from its beginning until the stream can be used or there will be none. */
  CONNECT(
      "i2p.streaming.connect",
      "Dials, until the stream can be used or there will be none",
      "success, timeout, rejected, error") {
    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>>
        getDefaultConvention() {
      return DefaultI2PConnectObservationConvention.class;
    }

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
      return new KeyName[] {Key.MANAGER, Key.OUTCOME};
    }
  },

  /** A stream that a listener serves, until its handler is done with it. */
  LISTENER(
      "i2p.streaming.listener",
      "Streams served, until their handler is done and the last reply is written",
      "success, aborted (by the peer), failure; a class or none") {
    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>>
        getDefaultConvention() {
      return DefaultI2PListenerObservationConvention.class;
    }

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
      return new KeyName[] {Key.MANAGER, Key.LISTENER, Key.RESULT, Key.EXCEPTION};
    }
  };

  private final String observation;
  private final String description;
  private final String keyValues;

  I2PObservation(String observation, String description, String keyValues) {
    this.observation = observation;
    this.description = description;
    this.keyValues = keyValues;
  }

  @Override
  public String getName() {
    return observation;
  }

  /** What is observed. */
  public String description() {
    return description;
  }

  /** The values of its keys, except those that are names. */
  public String keyValues() {
    return keyValues;
  }

  /** The keys. */
  public enum Key implements KeyName {
    /** The stream manager's name. */
    MANAGER("manager"),
    /** Of a dial: {@code success}, {@code timeout}, {@code rejected} or {@code error}. */
    OUTCOME("outcome"),
    /** The listener's id. */
    LISTENER("i2p.listener.id"),
    /** Of a listener: {@code success}, {@code aborted} by the peer, or {@code failure}. */
    RESULT("result"),
    /** Simple name of the exception's class, or {@code none}. */
    EXCEPTION("exception");

    private final String text;

    Key(String text) {
      this.text = text;
    }

    @Override
    public String asString() {
      return text;
    }
  }
}
