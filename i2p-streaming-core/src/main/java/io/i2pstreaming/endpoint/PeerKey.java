package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Hash;

/** A stream id together with the destination that chose it: unique, unlike the id alone. */
record PeerKey(Hash peer, int peerStreamId) {}
