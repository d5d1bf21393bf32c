package dev.weir.bridge;

import java.util.Locale;

/** Why a frame is not carried out. */
enum Trouble {
  /** The list does not allow it. */
  ACCESS_DENIED,
  /** It says neither where it goes nor that it needs no address. */
  MISSING_ADDRESS,
  /** Its type is none of the protocol's. */
  UNKNOWN_TYPE,
  /** It takes back what was never registered. */
  UNKNOWN_ADDRESS,
  /** A field is not of the type that it must have. */
  INVALID_FIELD,
  /** Too many requests of this client wait for their answers, or it has registered too often. */
  TOO_MANY,
  /** It is no JSON object: what follows may be no frame either. */
  INVALID_FRAME,
  /** It is longer than the configuration allows. */
  FRAME_TOO_LARGE;

  /** The word for it in an error frame. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
