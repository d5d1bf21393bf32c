/** Somebody's application, which knows of Weir only what its jar offers. */
package example.shop;
