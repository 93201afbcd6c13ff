package io.batchmesh.bench;

import java.util.List;

/** The peers that come with the system: their configs, for one thread, without logs. */
final class Native {
    private final Lab lab;

    Native(Lab lab) {
        this.lab = lab;
    }

    /**
     * A service that answers at once: {@code /} with 204 bytes, {@code /api} with changing JSON.
     */
    Variant.Hop service() throws InterruptedException {
        int port = Lab.freePort();
        var fixed = "{\"data\":\"" + "x".repeat(192) + "\"}";
        var json =
                "{\"id\":\"$request_id\",\"at\":$msec,\"connection\":$connection,"
                        + "\"number\":$connection_requests,\"state\":\"confirmed\","
                        + "\"currency\":\"EUR\",\"items\":[{\"sku\":\"A-1\",\"count\":1}],"
                        + "\"links\":{\"self\":\"$uri\"}}";
        var body =
                """
                server {
                    listen 127.0.0.1:%d backlog=4096; keepalive_requests 1000000000;
                    keepalive_timeout 1h; default_type application/json;
                    client_body_in_single_buffer on;
                    location / { return 200 '%s'; }
                    location /api { return 200 '%s'; }
                    location /files { root .; default_type application/octet-stream; error_page 405 =200 $uri; }
                }
                """
                        .formatted(port, fixed, json);
        var process = lab.service("service", port, nginx("service", body));
        return new Variant.Hop(port, process);
    }

    Variant.Hop nginx(String name, int to) throws InterruptedException {
        int port = Lab.freePort();
        var body =
                """
                upstream up { server 127.0.0.1:%d; keepalive 512; keepalive_requests 1000000000; }
                server {
                    listen 127.0.0.1:%d backlog=4096; keepalive_requests 1000000000;
                    location / {
                        proxy_pass http://up; proxy_http_version 1.1;
                        proxy_set_header Connection ""; proxy_set_header Host $host;
                    }
                }
                """
                        .formatted(to, port);
        return new Variant.Hop(port, lab.proxy(name, port, nginx(name, body)));
    }

    private List<String> nginx(String name, String body) {
        var prefix = lab.directory().resolve(name);
        prefix.toFile().mkdirs();
        var text =
                """
                daemon off; master_process off; pid %s/pid; error_log %s/error.log crit;
                events { worker_connections 4096; }
                http {
                    access_log off; client_body_temp_path %s/t1; proxy_temp_path %s/t2;
                    fastcgi_temp_path %s/t3; uwsgi_temp_path %s/t4; scgi_temp_path %s/t5;
                %s}
                """
                        .formatted(prefix, prefix, prefix, prefix, prefix, prefix, prefix, body);
        var file = lab.write(name + ".conf", text);
        return List.of(
                "nginx",
                "-p",
                lab.directory().toString(),
                "-e",
                prefix + "/error.log",
                "-c",
                file.toString());
    }

    Variant.Hop haproxy(String name, int to) throws InterruptedException {
        int port = Lab.freePort();
        var file =
                lab.write(
                        name + ".cfg",
                        """
                        global
                            nbthread 1
                            maxconn 4096
                        defaults
                            mode http
                            timeout connect 5s
                            timeout client 60s
                            timeout server 60s
                            http-reuse always
                        frontend in
                            bind 127.0.0.1:%d
                            default_backend out
                        backend out
                            server s 127.0.0.1:%d pool-max-conn 512
                        """
                                .formatted(port, to));
        return new Variant.Hop(
                port, lab.proxy(name, port, List.of("haproxy", "-db", "-f", file.toString())));
    }

    /**
     * nghttpx.
     *
     * @param h2Up whether it speaks HTTP/2 to its upstream
     */
    Variant.Hop nghttpx(String name, int to, boolean h2Up) throws InterruptedException {
        int port = Lab.freePort();
        var command =
                List.of(
                        "nghttpx",
                        "--conf=/dev/null",
                        "--single-process",
                        "--workers=1",
                        "--log-level=ERROR",
                        "--accesslog-file=/dev/null",
                        "--frontend=127.0.0.1," + port + ";no-tls",
                        "--backend=127.0.0.1," + to + (h2Up ? ";;proto=h2" : ""),
                        "--frontend-http2-max-concurrent-streams=1024",
                        "--frontend-http2-connection-window-size=16777216");
        return new Variant.Hop(port, lab.proxy(name, port, command));
    }

    /** Envoy. */
    Variant.Hop envoy(String name, int to, String executable) throws InterruptedException {
        int port = Lab.freePort();
        var file = lab.write(name + ".json", EnvoyConfig.of(port, to));
        var command =
                List.of(
                        executable,
                        "-c",
                        file.toString(),
                        "--concurrency",
                        "1",
                        "--disable-hot-restart",
                        "--log-level",
                        "error");
        return new Variant.Hop(port, lab.proxy(name, port, command));
    }
}
