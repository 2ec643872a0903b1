{application, shop, [
    {description, "A small shop"},
    {vsn, "1.0.0"},
    {modules, [shop, shop_app, shop_log, shop_sup]},
    {registered, [shop_sup, shop_events]},
    {applications, [kernel, stdlib, stock, till]},
    {mod, {shop_app, []}}
]}.
