{application, stock, [
    {description, "What is on the shelves"},
    {vsn, "2.1.0"},
    {modules, [stock_item, stock_orders, stock_report, stock_server]},
    {registered, [stock_server]},
    {applications, [kernel, stdlib]}
]}.
