package io.i2pstreaming.recipes;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class TwoFaces {
  @Bean
  RestClient asNews(@Qualifier("news") StreamManager news) {
    return RestClient.builder().requestFactory(new I2PClientHttpRequestFactory(news)).build();
  }
}
