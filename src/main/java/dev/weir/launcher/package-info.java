/** What the launcher does more strictly than that of Vert.x. */
package dev.weir.launcher;
