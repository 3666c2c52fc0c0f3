# Keeps the answers of published documents (/q/…) in front of the gateway, and lets everything else through.
#
#   varnishd -a :8080 -f /etc/varnish/mycelix.vcl -s malloc,256m
#
# and for the gateway EDGE_PURGE_URLS=http://varnish:8080/. Put the addresses of all gateways into `purgers` and
# of one gateway, or of the balancer before them, into `gateway`.
vcl 4.1;

import std;

backend gateway {
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
        # Looks at stored headers only, so that it is done in the background.
        ban("obj.http.Surrogate-Key ~ (^|\s)(" + regsuball(req.http.Surrogate-Key, "\s+", "|") + ")(\s|$)");
        return (synth(200, "Purged"));
    }
    if (req.url !~ "^/q/" || req.http.Authorization || (req.method != "GET" && req.method != "HEAD")) {
        return (pass);
    }
    # Nothing in an answer depends on these.
    unset req.http.Cookie;
    unset req.http.Accept;
    unset req.http.Cache-Control;
    unset req.http.Pragma;
    # An old answer is used only while there is no gateway to ask.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 0s;
    }
    return (hash);
}

sub vcl_backend_response {
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.status != 200 || beresp.ttl <= 0s) {
        # Errors, and what the gateway says may not be kept: asked for each time, and nobody waits for another's.
        set beresp.ttl = 1s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    # For as long as the gateway is away, and to ask it with the tag of what there is.
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
