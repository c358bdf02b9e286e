package io.i2pstreaming.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Connections by a key that several may share: a hash table whose chains run through the entries
 * themselves, so that a connection costs a reference or two here and no object. Serves {@link
 * ConnectionTable}.
 */
abstract class EntryChains {
  private static final int FEWEST_CHAINS = 16;

  private @Nullable ConnectionEntry[] heads = new ConnectionEntry[FEWEST_CHAINS];
  private int size;

  /** The hash of the entry's key, which does not change while the entry is in here. */
  abstract int hash(ConnectionEntry entry);

  /** The entry that follows in the chain of {@code entry}. */
  abstract @Nullable ConnectionEntry next(ConnectionEntry entry);

  abstract void next(ConnectionEntry entry, @Nullable ConnectionEntry next);

  /** The first of a chain in which all entries with this hash are, besides others. */
  final @Nullable ConnectionEntry first(int hash) {
    return heads[chain(hash)];
  }

  final void add(ConnectionEntry entry) {
    if (size >= heads.length) {
      resize(2 * heads.length);
    }
    link(entry);
    size++;
  }

  /** Takes an entry out that is in here. */
  final void remove(ConnectionEntry entry) {
    int chain = chain(hash(entry));
    ConnectionEntry before = null;
    ConnectionEntry at = heads[chain];
    while (at != entry && at != null) {
      before = at;
      at = next(at);
    }
    if (before == null) {
      heads[chain] = next(entry);
    } else {
      next(before, next(entry));
    }
    next(entry, null);
    size--;
    if (heads.length > FEWEST_CHAINS && size < heads.length / 4) {
      resize(heads.length / 2);
    }
  }

  private void link(ConnectionEntry entry) {
    int chain = chain(hash(entry));
    next(entry, heads[chain]);
    heads[chain] = entry;
  }

  private void resize(int chains) {
    @Nullable ConnectionEntry[] old = heads;
    heads = new ConnectionEntry[chains];
    for (ConnectionEntry head : old) {
      ConnectionEntry at = head;
      while (at != null) {
        ConnectionEntry after = next(at);
        link(at);
        at = after;
      }
    }
  }

  private int chain(int hash) {
    return (hash ^ (hash >>> 16)) & (heads.length - 1);
  }
}
