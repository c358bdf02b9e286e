package io.i2pstreaming.spring.site;

import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/** HttpCore's parser of lines, without its tolerance (RFC 9112, sections 3 and 5). Stateless. */
final class StrictLines extends BasicLineParser {
  static final StrictLines PARSER = new StrictLines();

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern NAME = Pattern.compile(TOKEN);
  private static final Pattern REQUEST_LINE = Pattern.compile(TOKEN + " [!-~]+ HTTP/[0-9]\\.[0-9]");

  private StrictLines() {}

  @Override
  public RequestLine parseRequestLine(CharArrayBuffer line) throws ParseException {
    if (!REQUEST_LINE.matcher(line).matches()) {
      throw new ParseException("not a request line");
    }
    return super.parseRequestLine(line);
  }

  @Override
  public Header parseHeader(CharArrayBuffer line) throws ParseException {
    int colon = line.indexOf(':');
    if (colon < 0 || !NAME.matcher(line.subSequence(0, colon)).matches()) {
      throw new ParseException("not a header");
    }
    return super.parseHeader(line);
  }
}
