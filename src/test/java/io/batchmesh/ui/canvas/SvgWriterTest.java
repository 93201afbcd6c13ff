package io.batchmesh.ui.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.Layout;
import io.batchmesh.model.Note;
import io.batchmesh.model.Topology;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.theme.Theme;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SvgWriterTest {
    @Test
    void hostile_words_stay_words_and_the_document_stays_well_formed() throws Exception {
        var note = new Note("</text><script>alert('1')</script> & \u0000 \ud800", 0, 0);
        var topology =
                new Topology(
                        "a<b>&\"",
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Layout.EMPTY,
                        List.of(),
                        List.of(note));

        var svg = CanvasRenderer.svg(topology, false);

        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg));
        assertEquals(0, document.getElementsByTagName("script").getLength());
        assertEquals("a<b>&\"", document.getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void every_service_is_named() {
        var svg =
                new String(
                        CanvasRenderer.svg(SampleMeshes.sample("bookinfo"), true),
                        StandardCharsets.UTF_8);

        for (var name : List.of("ingress", "productpage", "details", "reviews", "ratings")) {
            assertTrue(svg.contains(">" + name + "</text>"), name);
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void colours_read_without_the_toolkit_are_those_of_the_theme(Theme theme) {
        var palette = FxToolkitThread.call(theme::palette);

        StyleColors.of(theme)
                .forEach((swatch, color) ->
                        assertEquals(
                                palette.of(swatch).toString().substring(2, 8),
                                color.substring(1).toLowerCase(Locale.ROOT),
                                swatch::name));
    }

    @Test
    void a_png_is_as_large_as_the_drawing() {
        FxToolkitThread.call(() -> true);

        var png = CanvasRenderer.png(SampleMeshes.sample("bookinfo"), true);

        var bounds = CanvasRenderer.picture(SampleMeshes.sample("bookinfo")).bounds();
        var width = ByteBuffer.wrap(png).getInt(16);
        assertEquals(Math.ceil(Objects.requireNonNull(bounds).width() + 64), width);
    }
}
