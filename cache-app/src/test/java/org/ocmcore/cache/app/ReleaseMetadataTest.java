package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What Maven Central and users of the library need in the POMs. */
class ReleaseMetadataTest {
  private static final Path ROOT = Path.of("..");

  private final XPath xpath = XPathFactory.newInstance().newXPath();
  private final Document parent = pom(".");
  private final Document bom = pom("cache-bom");

  private static Document pom(String module) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
    } catch (Exception e) {
      throw new AssertionError(module, e);
    }
  }

  private List<String> all(String path, Document pom) throws Exception {
    NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int each = 0; each < nodes.getLength(); each++) {
      texts.add(nodes.item(each).getTextContent());
    }
    return texts;
  }

  private String one(String path, Document pom) throws Exception {
    return xpath.evaluate(path, pom);
  }

  private List<String> modules() throws Exception {
    List<String> modules = all("/project/modules/module", parent);
    assertFalse(modules.isEmpty());
    return modules;
  }

  @Test
  void theBomHasEveryReleasedModule() throws Exception {
    TreeSet<String> released = new TreeSet<>();
    for (String module : modules()) {
      Document pom = pom(module);
      if (!one("/project/properties/maven.deploy.skip", pom).equals("true")) {
        released.add(one("/project/artifactId", pom));
      }
    }
    released.remove("cache-bom");
    assertEquals(
        released,
        new TreeSet<>(
            all("/project/dependencyManagement/dependencies/dependency/artifactId", bom)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "url",
        "licenses",
        "developers",
        "scm",
        "properties/release.url",
        "properties/release.scm",
        "properties/release.developer",
        "properties/project.build.outputTimestamp"
      })
  void theBomRepeatsTheParent(String element) throws Exception {
    String expected = one("/project/" + element, parent);
    assertFalse(expected.isBlank());
    assertEquals(expected, one("/project/" + element, bom));
  }

  @Test
  void everyModuleHasANameAndADescription() throws Exception {
    for (String module : modules()) {
      for (String element : List.of("name", "description")) {
        assertFalse(
            one("/project/" + element, pom(module)).isBlank(), module + " has no " + element);
      }
    }
  }
}
