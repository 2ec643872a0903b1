{application, till, [
    {description, "Where one pays"},
    {vsn, "1.1.0"},
    {modules, [till_fsm, till_price, till_receipt]},
    {registered, [till_fsm]},
    {applications, [kernel, stdlib, stock]}
]}.
