/** The program: the launcher, what it starts ahead, its transport and its log. */
package dev.weir.launcher;
