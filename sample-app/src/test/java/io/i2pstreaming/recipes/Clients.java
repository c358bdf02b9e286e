package io.i2pstreaming.recipes;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "weather", types = Weather.class)
class Clients {}
