# Keeps the answers of published documents (/q/…) in front of the gateway, and lets everything else through.
#
#   varnishd -a :8080 -f /etc/varnish/mycelix.vcl -s malloc,256m
#
# and for the gateway EDGE_PURGE_URLS=http://varnish:8080/. Put the addresses of all gateways into `purgers`, and that of
# one gateway, or of the balancer before them, into both backends.
vcl 4.1;

import std;

# Asked for answers that are kept. While it cannot serve, the kept ones are given out however old they are.
backend answers {
    .host = "127.0.0.1";
    .port = "4000";
    .probe = {
        .url = "/readyz";
        .interval = 1s;
        .timeout = 1s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# Everything else goes to the gateway whatever it says of itself: it answers some questions without its database, too.
backend gateway {
    .host = "127.0.0.1";
    .port = "4000";
}

acl purgers {
    "localhost";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(403, "Not from here"));
        }
        if (!req.http.Surrogate-Key) {
            return (synth(400, "Expected a Surrogate-Key"));
        }
        # Only obj.* is compared, so that the ban lurker can do it.
        ban("obj.http.Surrogate-Key ~ (^|\s)(" + regsuball(req.http.Surrogate-Key, "\s+", "|") + ")(\s|$)");
        return (synth(200, "Purged"));
    }
    if (req.url !~ "^/q/" || req.http.Authorization || (req.method != "GET" && req.method != "HEAD")) {
        set req.backend_hint = gateway;
        return (pass);
    }
    set req.backend_hint = answers;
    # Nothing in an answer depends on these.
    unset req.http.Cookie;
    unset req.http.Accept;
    unset req.http.Cache-Control;
    unset req.http.Pragma;
    # An old answer is used only while there is no gateway to ask, or where asking it has just failed.
    if (req.restarts == 0 && std.healthy(req.backend_hint)) {
        set req.grace = 0s;
    }
    return (hash);
}

sub vcl_backend_response {
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.status != 200 || beresp.ttl <= 0s) {
        # Errors and uncacheable answers: hit-for-miss for 1 s, so that requests do not queue.
        set beresp.ttl = 1s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    # grace: served while the gateway is down; keep: revalidated by If-None-Match.
    set beresp.grace = 1h;
    set beresp.keep = 1h;
}

sub vcl_backend_error {
    set beresp.http.Content-Type = "application/json; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "1";
    set beresp.body = {"{ "errors": [{ "message": "The gateway cannot be reached at the moment; try again shortly.", "extensions": { "code": "UNAVAILABLE" } }] }"};
    return (deliver);
}

sub vcl_deliver {
    # The gateway went away a moment ago, and the probe has not noticed yet.
    if (resp.status == 503 && req.restarts == 0 && req.url ~ "^/q/") {
        return (restart);
    }
    # The keys are between the gateway and the edge.
    unset resp.http.Surrogate-Key;
    unset resp.http.Cache-Tag;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    # Whether the edge had it; `x-cache` is what the gateway said when the edge asked.
    if (obj.hits > 0) {
        set resp.http.X-Edge-Cache = "hit";
    } else {
        set resp.http.X-Edge-Cache = "miss";
    }
    if (obj.ttl < 0s && obj.hits > 0) {
        set resp.http.X-Edge-Cache = "stale";
        set resp.http.Warning = {"110 - "Response is Stale""};
    }
}
