package io.batchmesh.ui.inspector;

import io.batchmesh.policy.Compression;
import io.batchmesh.policy.Compression.Codec;
import io.batchmesh.policy.Compression.Context;
import io.batchmesh.ui.Exact;
import io.batchmesh.ui.Nodes;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.scene.layout.VBox;

/** How batches are compressed. */
final class CompressionFields extends VBox {
    private static final int MOST_GZIP = 9;
    private static final int USUAL_GZIP = 6;

    private final WindowEditor editor;
    private final Segments<Codec> codec;
    private final Segments<Context> context;
    private final TypedField<Integer> level;
    private final TypedField<Long> least;

    CompressionFields(WindowEditor editor) {
        this.editor = editor;
        getStyleClass().add("bm-form");
        codec =
                new Segments<Codec>("batch-codec", "Codec", this::choose)
                        .with(Codec.OFF, "off", "Off", "Batches go as they are")
                        .with(
                                Codec.AUTO,
                                "auto",
                                "Auto",
                                "Off until the link is measured to be worth it")
                        .with(Codec.ZSTD, "zstd", "zstd", "Fast and strong; level 3 is usual")
                        .with(Codec.GZIP, "gzip", "gzip", "What every peer can read");
        context =
                new Segments<Context>("batch-context", "Context", this::choose)
                        .with(Context.BATCH, "batch", "per batch", "Each batch starts afresh")
                        .with(
                                Context.STREAM,
                                "stream",
                                "per stream",
                                "A batch refers back to those before it of the same caller"
                                        + " identity");
        level =
                field(
                        new TypedField.Named(
                                "batch-level",
                                "Level",
                                "How hard is tried: zstd from 1 to 19, gzip from 1 to 9. A higher"
                                        + " one takes more processor time."),
                        Notation.COUNT,
                        (c, v) -> new Compression(c.codec(), v, c.context(), c.minBytes()));
        least =
                field(
                        new TypedField.Named(
                                "batch-min-bytes",
                                "From bytes on",
                                "What is smaller goes as it is, since it would hardly shrink."),
                        Notation.SIZE,
                        (c, v) -> new Compression(c.codec(), c.level(), c.context(), v));
        getChildren().addAll(codec, level, context, least);
    }

    private <T> TypedField<T> field(
            TypedField.Named named,
            Notation<T> notation,
            BiFunction<Compression, T, Compression> with) {
        return editor.field(
                named, notation, (w, v) -> editor.with(with.apply(editor.compression(), v)));
    }

    private void choose(Codec chosen) {
        var now = editor.compression();
        int fit = chosen == Codec.GZIP && now.level() > MOST_GZIP ? USUAL_GZIP : now.level();
        change(new Compression(chosen, fit, now.context(), now.minBytes()));
    }

    private void choose(Context chosen) {
        var now = editor.compression();
        change(new Compression(now.codec(), now.level(), chosen, now.minBytes()));
    }

    private void change(Compression compression) {
        editor.change(editor.with(compression));
        refresh();
    }

    void refresh() {
        var now = editor.compression();
        boolean coded = now.codec() == Codec.ZSTD || now.codec() == Codec.GZIP;
        codec.show(now.codec(), editor.compressionNote(Compression::codec, Codec::label));
        context.show(
                now.context(),
                editor.compressionNote(Compression::context, c -> "per " + c.label()));
        Nodes.show(level, coded);
        Nodes.show(context, coded);
        Nodes.show(least, coded);
        show(level, Compression::level, String::valueOf);
        show(least, Compression::minBytes, Exact::bytes);
    }

    private <T> void show(
            TypedField<T> field, Function<Compression, T> part, Function<T, String> words) {
        field.show(part.apply(editor.compression()), editor.compressionNote(part, words));
    }
}
