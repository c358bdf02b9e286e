package io.i2pstreaming.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The parameters of a request, each at most once. What cannot be decoded is refused. */
final class Parameters {
  /** All values of the parameter of this name. */
  private interface Source {
    List<String> values(String name);
  }

  private final Source source;

  private Parameters(Source source) {
    this.source = source;
  }

  /** Those of the query and of a form. */
  static Parameters of(HttpServletRequest request) {
    return new Parameters(
        name -> {
          try {
            String[] values = request.getParameterValues(name);
            return values == null ? List.of() : List.of(values);
          } catch (InvalidParameterException e) {
            throw undecodable(e);
          }
        });
  }

  /**
   * Those of the query alone, which leaves the body untouched: the servlet API would take a body
   * that calls itself a form for parameters.
   */
  static Parameters ofQuery(HttpServletRequest request) {
    var query =
        UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams();
    return new Parameters(
        name -> query.getOrDefault(name, List.of()).stream().map(Parameters::decoded).toList());
  }

  private static String decoded(@Nullable String value) {
    try {
      return value == null ? "" : UriUtils.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw undecodable(e);
    }
  }

  private static RefusedRequestException undecodable(Exception cause) {
    return new RefusedRequestException(
        "The query string cannot be decoded: a % is followed by two hexadecimal digits, and all"
            + " together are UTF-8.",
        cause);
  }

  /** The value of {@code to}, which is never missing. */
  String to() {
    String to = get("to");
    if (to == null) {
      throw new RefusedRequestException("The parameter 'to' is missing: say whom to dial.");
    }
    return to;
  }

  /** The value, or null when it is missing or empty. */
  @Nullable String get(String name) {
    List<String> values = source.values(name);
    if (values.size() > 1) {
      throw new RefusedRequestException("The parameter '" + name + "' is given more than once.");
    }
    return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
  }
}
