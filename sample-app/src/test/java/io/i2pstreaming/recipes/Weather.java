package io.i2pstreaming.recipes;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

interface Weather {
  @GetExchange("/weather/{town}")
  String in(@PathVariable("town") String town);
}
