{application, stock, [
    {description, "What is on the shelves"},
    {vsn, "2.0.0"},
    {modules, [stock_history, stock_item, stock_report, stock_server]},
    {registered, [stock_server]},
    {applications, [kernel, stdlib, crypto]}
]}.
