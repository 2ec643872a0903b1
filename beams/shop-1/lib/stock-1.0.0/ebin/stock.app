{application, stock, [
    {description, "What is on the shelves"},
    {vsn, "1.0.0"},
    {modules, [stock_item, stock_legacy, stock_report, stock_server]},
    {registered, [stock_server]},
    {applications, [kernel, stdlib]}
]}.
