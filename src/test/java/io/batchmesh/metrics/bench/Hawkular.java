package io.batchmesh.metrics.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hawkular's parser ({@code org.hawkular.agent:prometheus-scraper:0.23.0.Final}), from its own
 * jars; called by reflection twice a family, which is nothing beside what it does itself.
 */
final class Hawkular implements AutoCloseable {
    private final URLClassLoader loader;
    private final Constructor<?> parser;
    private final Method parse;
    private final Method metrics;

    Hawkular(Path jars) throws IOException, ReflectiveOperationException {
        Logger.getLogger("org.hawkular").setLevel(Level.OFF);
        try (var files = Files.list(jars)) {
            var urls = files.filter(file -> file.toString().endsWith(".jar")).map(Hawkular::url);
            loader = new URLClassLoader(urls.toArray(URL[]::new));
        }
        var text = "org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser";
        var type = loader.loadClass(text);
        parser = type.getConstructor(InputStream.class);
        parse = type.getMethod("parse");
        metrics =
                loader.loadClass("org.hawkular.agent.prometheus.types.MetricFamily")
                        .getMethod("getMetrics");
    }

    /** Reads a text; the number of metrics, where a histogram is one. */
    int read(byte[] text) throws ReflectiveOperationException {
        var reading = parser.newInstance(new ByteArrayInputStream(text));
        var count = 0;
        for (var family = next(reading); family != null; family = next(reading)) {
            count += ((List<?>) metrics.invoke(family)).size();
        }
        return count;
    }

    private @Nullable Object next(Object reading) throws ReflectiveOperationException {
        try {
            return parse.invoke(reading);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Hawkular's parser failed", e.getCause());
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
