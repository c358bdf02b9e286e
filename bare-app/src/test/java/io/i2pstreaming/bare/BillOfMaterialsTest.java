package io.i2pstreaming.bare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@DisplayName("D10 bill of materials")
class BillOfMaterialsTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void managesEveryModuleThatIsPublishedInTheVersionOfThisBuild() throws Exception {
    Element parent = pom(ROOT);
    List<String> published = new ArrayList<>();
    for (String module : texts(parent, "module")) {
      if (!module.equals("i2p-streaming-bom")
          && !texts(pom(ROOT.resolve(module)), "maven.deploy.skip").contains("true")) {
        published.add(module);
      }
    }
    Element bom = pom(ROOT.resolve("i2p-streaming-bom"));
    Element managed = (Element) bom.getElementsByTagName("dependencies").item(0);
    assertThat(texts(managed, "artifactId")).containsExactlyInAnyOrderElementsOf(published);
    assertThat(texts(managed, "groupId")).containsOnly("io.i2pstreaming");
    assertThat(texts(managed, "version")).containsOnly("${project.version}");
    assertThat(texts(bom, "version").get(0)).isEqualTo(texts(parent, "version").get(0));
  }

  private static Element pom(Path module) throws Exception {
    try (var in = Files.newInputStream(module.resolve("pom.xml"))) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(in)
          .getDocumentElement();
    }
  }

  private static List<String> texts(Element element, String name) {
    NodeList nodes = element.getElementsByTagName(name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }
}
