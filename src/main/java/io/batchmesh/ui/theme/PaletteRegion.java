package io.batchmesh.ui.theme;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.StyleConverter;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/**
 * A region whose palette comes from the theme's style sheets. What draws by itself keeps one among
 * its children and draws anew when the palette changes.
 *
 * <p>Until CSS was applied every colour is transparent. FX thread only.
 */
public final class PaletteRegion extends Region {
    private static final Map<Swatch, CssMetaData<PaletteRegion, Color>> COLORS =
            Arrays.stream(Swatch.values())
                    .collect(Collectors.toMap(swatch -> swatch, PaletteRegion::metaData));
    private static final List<CssMetaData<? extends Styleable, ?>> ALL =
            Stream.<CssMetaData<? extends Styleable, ?>>concat(
                            Region.getClassCssMetaData().stream(), COLORS.values().stream())
                    .toList();

    private final Map<Swatch, SimpleStyleableObjectProperty<Color>> colors =
            new EnumMap<>(Swatch.class);
    private final ObjectBinding<Palette> palette;

    public PaletteRegion() {
        getStyleClass().add("bm-palette");
        COLORS.forEach((swatch, meta) -> colors.put(swatch, styleable(meta)));
        palette =
                Bindings.createObjectBinding(
                        this::read,
                        colors.values().toArray(new SimpleStyleableObjectProperty<?>[0]));
    }

    /** The current palette. */
    public Palette palette() {
        return palette.get();
    }

    public ObservableValue<Palette> paletteProperty() {
        return palette;
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return ALL;
    }

    private SimpleStyleableObjectProperty<Color> styleable(CssMetaData<PaletteRegion, Color> meta) {
        return new SimpleStyleableObjectProperty<>(
                meta, this, meta.getProperty(), Color.TRANSPARENT);
    }

    private SimpleStyleableObjectProperty<Color> color(Swatch swatch) {
        return Objects.requireNonNull(colors.get(swatch));
    }

    private Palette read() {
        Map<Swatch, Color> read = new EnumMap<>(Swatch.class);
        colors.forEach((swatch, color) -> read.put(swatch, color.get()));
        return new Palette(read);
    }

    private static CssMetaData<PaletteRegion, Color> metaData(Swatch swatch) {
        return new CssMetaData<>(
                swatch.property(), StyleConverter.getColorConverter(), Color.TRANSPARENT) {
            @Override
            public boolean isSettable(PaletteRegion region) {
                return !region.color(swatch).isBound();
            }

            @Override
            public StyleableProperty<Color> getStyleableProperty(PaletteRegion region) {
                return region.color(swatch);
            }
        };
    }
}
