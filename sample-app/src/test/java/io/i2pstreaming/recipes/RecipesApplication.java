package io.i2pstreaming.recipes;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application that the recipes are for. */
@SpringBootApplication
class RecipesApplication {}
