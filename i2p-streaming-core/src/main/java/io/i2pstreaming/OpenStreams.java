package io.i2pstreaming;

import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.loop.SessionLoop;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The open streams of one manager, as the application may see them: listed, counted, reset by their
 * ids. Called by any thread, through the manager. Never adds or removes one: the journal does.
 */
final class OpenStreams {
  private final SessionLoop loop;
  private final Set<StreamEnd> open;

  OpenStreams(SessionLoop loop, Set<StreamEnd> open) {
    this.loop = loop;
    this.open = open;
  }

  /** The figures of each; one whose end the application has seen is none of them. */
  List<StreamStats> stats() {
    return read(
        () -> open.stream().filter(stream -> !stream.isOver()).map(StreamFigures::of).toList());
  }

  /** How many the application has closed that still deliver what was written to them. */
  int delivering() {
    return read(() -> (int) open.stream().filter(StreamEnd::isDelivering).count());
  }

  /** They are read where they are written: between two entries a stream is half over. */
  private <T> T read(Supplier<T> question) {
    T answer = loop.ask(now -> question.get(), SessionLoop.ASK_NANOS);
    return answer == null ? question.get() : answer;
  }

  /** Resets the one with this id; false when there is none. */
  boolean reset(long streamId) {
    for (StreamEnd stream : open) {
      if (stream.id() == streamId) {
        stream.reset();
        return true;
      }
    }
    return false;
  }
}
