package io.batchmesh.metrics;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The part of a recording that says how long requests took. */
final class RecordedHeat {
    private RecordedHeat() {}

    static void write(DataOutputStream out, Map<String, List<List<PackedHeat.State>>> heat)
            throws IOException {
        out.writeInt(heat.size());
        for (var link : heat.entrySet()) {
            Recording.write(out, link.getKey());
            for (var tier : link.getValue()) {
                out.writeInt(tier.size());
                for (var chunk : tier) {
                    write(out, chunk);
                }
            }
        }
    }

    private static void write(DataOutputStream out, PackedHeat.State chunk) throws IOException {
        out.writeInt(chunk.bounds().size());
        for (var bound : chunk.bounds()) {
            out.writeDouble(bound);
        }
        out.writeInt(chunk.moments());
        out.writeLong(chunk.last());
        var bytes = new byte[chunk.bytes().remaining()];
        chunk.bytes().duplicate().get(bytes);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static void read(DataInputStream in, int length, HeatHistory into) throws IOException {
        for (var links = Recording.count(in, length); links > 0; links--) {
            var link = Recording.text(in, length);
            into.restore(link, tier(in, length), tier(in, length));
        }
    }

    private static List<PackedHeat.State> tier(DataInputStream in, int length) throws IOException {
        var tier = new ArrayList<PackedHeat.State>();
        for (var chunks = Recording.count(in, length); chunks > 0; chunks--) {
            var bounds = new ArrayList<Double>();
            for (var left = Recording.count(in, length / Double.BYTES); left > 0; left--) {
                bounds.add(in.readDouble());
            }
            var moments = Recording.count(in, length);
            var last = in.readLong();
            tier.add(
                    new PackedHeat.State(
                            bounds,
                            moments,
                            last,
                            ByteBuffer.wrap(in.readNBytes(Recording.count(in, length)))));
        }
        return tier;
    }
}
