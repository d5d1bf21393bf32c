/**
 * The configuration: records, and the strict reading that makes them.
 *
 * <p>Starting points: {@link dev.weir.config.WeirConfig#of} makes the records of a JSON object,
 * {@link dev.weir.config.ConfigLoader} those of a file. Both find everything that is wrong before
 * they give up: a {@link dev.weir.config.ConfigException} holds one {@link dev.weir.config.Problem}
 * for each unknown key, wrong type, value out of range, missing value and broken reference.
 *
 * <p>Each record has its defaults as constants and its reading code beside it. An {@link
 * dev.weir.config.ObjectReader} reads the keys of one object; a {@link dev.weir.config.Shape} says
 * what one value must look like. {@code conf/weir.schema.json} says the same for editors, and a
 * test holds the two together.
 *
 * <p>All durations are in milliseconds, all sizes in bytes. Everything here is immutable and may
 * cross threads.
 */
package dev.weir.config;
