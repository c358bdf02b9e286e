package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * The earliest deadline of every connection, soonest first: a binary heap whose entries know their
 * place, so that a change costs a few swaps and nothing is left behind. Holds only connections that
 * have a deadline.
 */
final class DeadlineHeap {
  private final List<ConnectionEntry> heap = new ArrayList<>();

  /** The soonest deadline, or {@link Connection#NEVER}. */
  long soonest() {
    return heap.isEmpty() ? Connection.NEVER : heap.get(0).deadline;
  }

  /** Takes every entry that is due out of the heap and adds it to {@code due}, soonest first. */
  void takeDue(long now, List<ConnectionEntry> due) {
    while (!heap.isEmpty() && heap.get(0).deadline <= now) {
      ConnectionEntry entry = heap.get(0);
      remove(entry);
      due.add(entry);
    }
  }

  /** Gives {@code entry} its new deadline; {@link Connection#NEVER} takes it out. */
  void update(ConnectionEntry entry, long deadline) {
    if (deadline == Connection.NEVER) {
      remove(entry);
      return;
    }
    if (entry.heapIndex < 0) {
      entry.deadline = deadline;
      heap.add(entry);
      entry.heapIndex = heap.size() - 1;
      up(entry);
    } else if (deadline != entry.deadline) {
      entry.deadline = deadline;
      up(entry);
      down(entry);
    }
  }

  void remove(ConnectionEntry entry) {
    int hole = entry.heapIndex;
    if (hole < 0) {
      return;
    }
    entry.heapIndex = -1;
    ConnectionEntry last = heap.remove(heap.size() - 1);
    if (last != entry) {
      place(last, hole);
      up(last);
      down(last);
    }
  }

  private void up(ConnectionEntry entry) {
    int index = entry.heapIndex;
    while (index > 0) {
      ConnectionEntry parent = heap.get((index - 1) / 2);
      if (parent.deadline <= entry.deadline) {
        break;
      }
      int parentIndex = parent.heapIndex;
      place(parent, index);
      index = parentIndex;
    }
    place(entry, index);
  }

  private void down(ConnectionEntry entry) {
    int index = entry.heapIndex;
    while (2 * index + 1 < heap.size()) {
      ConnectionEntry child = heap.get(2 * index + 1);
      if (2 * index + 2 < heap.size() && heap.get(2 * index + 2).deadline < child.deadline) {
        child = heap.get(2 * index + 2);
      }
      if (entry.deadline <= child.deadline) {
        break;
      }
      int childIndex = child.heapIndex;
      place(child, index);
      index = childIndex;
    }
    place(entry, index);
  }

  private void place(ConnectionEntry entry, int index) {
    heap.set(index, entry);
    entry.heapIndex = index;
  }
}
