{application, shop, [
    {description, "A small shop"},
    {vsn, "1.2.0"},
    {modules, [shop, shop_app, shop_desk_sup, shop_log, shop_offers, shop_returns, shop_sup, shop_wishes]},
    {registered, [shop_sup, shop_events, shop_offers, shop_wishes, shop_desk_sup, shop_returns]},
    {applications, [kernel, stdlib, stock, till]},
    {mod, {shop_app, []}}
]}.
