package io.i2pstreaming.sample;

import io.i2pstreaming.spring.I2PStreamTemplate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Asks a peer's {@link Summaries} by a template: one message, one answer. */
@RestController
@RequestMapping("/api")
class SummaryController {
  private final I2PStreamTemplate template;
  private final Peers peers;
  private final JsonMapper json;

  SummaryController(I2PStreamTemplate template, Peers peers, JsonMapper json) {
    this.template = template;
    this.peers = peers;
    this.json = json;
  }

  @PostMapping("/summary")
  Summaries.Summary summary(HttpServletRequest request, @RequestBody Summaries.Numbers numbers)
      throws IOException {
    String answer =
        template.sendAndReceiveLine(
            peers.address(Parameters.ofQuery(request).to(), Summaries.PORT),
            json.writeValueAsString(numbers));
    return json.readValue(answer, Summaries.Summary.class);
  }
}
